/** The hatches of released bytes and of those that a volume has not got, for the strips of cards, once for the whole stage. */
export function HatchDefs() {
  return (
    <svg className="hatch-defs" aria-hidden="true">
      <defs>
        <pattern
          id="hatch-released"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" className="hatch-ground" />
          <rect width="2.4" height="6" className="hatch-line" />
        </pattern>
        <pattern
          id="hatch-unloaded"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <rect width="4" height="4" className="hatch-unloaded-ground" />
          <rect width="1.2" height="4" className="hatch-unloaded-line" />
        </pattern>
        <pattern
          id="hatch-damaged"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <rect width="4" height="4" className="hatch-unloaded-ground" />
          <rect width="1.2" height="4" className="hatch-damaged-line" />
          <rect width="4" height="1.2" className="hatch-damaged-line" />
        </pattern>
      </defs>
    </svg>
  )
}
