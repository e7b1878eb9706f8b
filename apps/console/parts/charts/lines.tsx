import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { type ChartData, drawn } from './chart-data.js';
import { dashOf, strokeOf } from './pattern-fills.js';
import { TOOLTIP_LOOK } from './tooltip-look.js';

/** Numbers over time. */
const Lines = ({ data }: { readonly data: ChartData }) => (
  <ResponsiveContainer width="100%" height={260}>
    <LineChart data={drawn(data)} margin={{ top: 8, right: 16, bottom: 4, left: 0 }} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--mantine-color-default-border)" />
      <XAxis dataKey="name" minTickGap={24} stroke="var(--mantine-color-dimmed)" />
      <YAxis allowDecimals={false} width={44} stroke="var(--mantine-color-dimmed)" />
      <Tooltip {...TOOLTIP_LOOK} />
      {data.series.map((name, at) => (
        <Line
          key={name}
          dataKey={`s${at}`}
          name={name}
          stroke={strokeOf(at)}
          strokeDasharray={dashOf(at)}
          strokeWidth={2.5}
          dot={data.rows.length < 15}
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  </ResponsiveContainer>
);

export default Lines;
