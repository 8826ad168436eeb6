/** What is being written can be of any shape. Where a table or a drawing cannot show it, that is said, and one goes on as text. */
import { Component, type ReactNode } from 'react'

interface Props {
  /** Another text may be shown again. */
  readonly text: string
  readonly otherwise: ReactNode
  readonly children: ReactNode
}

export class Fallible extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidUpdate({ text }: Props): void {
    if (this.state.failed && text !== this.props.text) this.setState({ failed: false })
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.otherwise : this.props.children
  }
}
