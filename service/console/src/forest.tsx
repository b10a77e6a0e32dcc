import { placeOf, type Lift } from './lift';

const line = (lift: Lift, span: [number, number], y: number, name: string) => {
  const at = (value: number) => `${placeOf(value, span)}%`;
  return (
    <g class={name}>
      <line x1={at(lift.low)} x2={at(lift.high)} y1={y} y2={y} />
      <circle cx={at(lift.estimate)} cy={y} r="4" />
    </g>
  );
};

/** One change: as it was measured above, as it is believed below, on the axis of all. What it says stands beside it. */
export function Forest({ raw, shrunken, span }: { raw: Lift; shrunken: Lift | null; span: [number, number] }) {
  const zero = `${placeOf(0, span)}%`;
  return (
    <svg class="forest" height="32" aria-hidden="true">
      <line class="zero" x1={zero} x2={zero} y1="0" y2="32" />
      {line(raw, span, 10, 'raw')}
      {shrunken && line(shrunken, span, 22, 'believed')}
    </svg>
  );
}
