/** What one draws with: tools, grid, floors, size; and what is laid underneath. */
import type { Raw } from '../../packs/parse.ts'
import { useWords } from '../../plans/screens/words.ts'
import { GeoPicker } from './drawing-import.tsx'
import { type Trace, TracePicker } from './drawing-trace.tsx'
import { inWords } from './words.ts'

export const TOOLS = ['select', 'zone', 'door', 'sensor', 'post'] as const
export type Tool = (typeof TOOLS)[number]

const NAMES = { select: 'toolSelect', zone: 'toolZone', door: 'toolDoor', sensor: 'toolSensor', post: 'toolPost' } as const
const HELP = {
  select: 'toolHelpSelect',
  zone: 'toolHelpZone',
  door: 'toolHelpDoor',
  sensor: 'toolHelpSensor',
  post: 'toolHelpPost',
} as const
const GRIDS = [0.5, 1, 2, 5]

interface ToolsProps {
  readonly tool: Tool
  readonly onTool: (tool: Tool) => void
  readonly grid: number
  readonly onGrid: (metres: number) => void
  readonly floors: readonly number[]
  readonly floor: number | undefined
  readonly onFloor: (floor: number | undefined) => void
  readonly zoom: number
  readonly onZoom: (zoom: number) => void
  readonly trace: Trace | undefined
  readonly onTrace: (trace: Trace | undefined) => void
  readonly text: string
  readonly raw: Raw
  readonly onText: (text: string) => void
}

export function Tools({ tool, onTool, grid, onGrid, floors, floor, onFloor, zoom, onZoom, trace, onTrace, ...about }: ToolsProps) {
  const { t, language } = useWords()
  return (
    <>
      <div className="row" role="toolbar" aria-label={t('asDrawing')}>
        {TOOLS.map((one) => (
          <button key={one} type="button" className={tool === one ? 'chosen' : ''} aria-pressed={tool === one} onClick={() => onTool(one)}>
            {t(NAMES[one])}
          </button>
        ))}
        <label>
          {t('grid')}{' '}
          <select value={grid} onChange={(event) => onGrid(Number(event.target.value))}>
            {GRIDS.map((one) => (
              <option key={one} value={one}>
                {inWords(`${one} m`, language)}
              </option>
            ))}
          </select>
        </label>
        {floors.length > 1 && (
          <label>
            {t('floor')}{' '}
            <select value={floor ?? ''} onChange={(event) => onFloor(event.target.value === '' ? undefined : Number(event.target.value))}>
              <option value="">{t('allFloors')}</option>
              {floors.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        )}
        <span className="zoom">
          <button type="button" aria-label={t('smaller')} disabled={zoom <= 1} onClick={() => onZoom(Math.max(1, zoom / 1.5))}>
            −
          </button>
          <button type="button" aria-label={t('larger')} disabled={zoom >= 8} onClick={() => onZoom(Math.min(8, zoom * 1.5))}>
            +
          </button>
        </span>
        <TracePicker trace={trace} onTrace={onTrace} />
        <GeoPicker {...about} />
      </div>
      <p className="quiet">{t(HELP[tool])}</p>
    </>
  )
}
