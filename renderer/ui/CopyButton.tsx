import { useClipboard } from '@mantine/hooks'
import { Check, Copy } from 'lucide-react'
import { Button } from './Button.tsx'

export function CopyButton({ text, label }: { text: string; label: string }) {
  const clipboard = useClipboard()
  return (
    <Button
      icon={clipboard.copied ? <Check size={14} /> : <Copy size={14} />}
      onClick={() => clipboard.copy(text)}
    >
      {clipboard.copied ? 'Copied' : label}
    </Button>
  )
}
