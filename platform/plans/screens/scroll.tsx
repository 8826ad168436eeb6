/** A part that may be wider than the screen: it scrolls by itself, and the keyboard can reach it. */
interface Props {
  readonly label: string
  readonly className?: string
  readonly children: React.ReactNode
}

export function Scroll({ label, className = '', children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set, and no landmark: the section around it is one
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={`scroll ${className}`} role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  )
}
