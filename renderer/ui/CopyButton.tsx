import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './Button.tsx'
import { copyText } from './copy-text.ts'

const SAID_FOR_MS = 2_000

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () => {
    setCopied(copyText(text))
    setTimeout(() => setCopied(false), SAID_FOR_MS)
  }
  return (
    <Button icon={isCopied ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
      {isCopied ? 'Copied' : label}
    </Button>
  )
}
