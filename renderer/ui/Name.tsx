type Props = {
  children: string
  as?: 'span' | 'b' | 's' | 'h1' | 'h2'
  className?: string
}

/** A name as people gave it: in its own direction, cut where there is no room, whole on hover. */
export function Name({ children, as: Tag = 'span', className = '' }: Props) {
  return (
    <Tag className={`ellipsis ${className}`} dir="auto" title={children}>
      {children}
    </Tag>
  )
}
