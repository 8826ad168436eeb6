/** A part that may be wider than the screen: it scrolls by itself, and the keyboard can reach it. */
interface Props {
  readonly label: string
  readonly className?: string
  readonly children: React.ReactNode
}

export function Scroll({ label, className = '', children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={`scroll ${className}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
