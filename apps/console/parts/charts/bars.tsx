import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { type ChartData, drawn } from './chart-data.js';
import { fillOf, PatternFills } from './pattern-fills.js';
import { TOOLTIP_LOOK } from './tooltip-look.js';

const ROW = 40;

/** Bars from left to right, one a row; several series stand behind each other. */
const Bars = ({ data, unit = '' }: { readonly data: ChartData; readonly unit?: string }) => {
  const id = useId();
  const single = data.series.length === 1;
  return (
    <ResponsiveContainer width="100%" height={Math.max(120, data.rows.length * ROW + 40)}>
      <BarChart
        data={drawn(data)}
        layout="vertical"
        margin={{ top: 4, right: 48, bottom: 4, left: 4 }}
        accessibilityLayer={false}
      >
        <PatternFills id={id} count={data.series.length} />
        <CartesianGrid horizontal={false} stroke="var(--mantine-color-default-border)" />
        <XAxis type="number" allowDecimals={false} unit={unit} stroke="var(--mantine-color-dimmed)" />
        <YAxis type="category" dataKey="name" width={140} tickLine={false} stroke="var(--mantine-color-dimmed)" />
        <Tooltip cursor={{ fill: 'var(--mantine-color-default-hover)' }} {...TOOLTIP_LOOK} />
        {data.series.map((name, at) => (
          <Bar
            key={name}
            dataKey={`s${at}`}
            name={name}
            {...(single ? {} : { stackId: 'all' })}
            fill={fillOf(id, at)}
            unit={unit}
            maxBarSize={22}
            isAnimationActive={false}
          >
            {single ? <LabelList dataKey={`s${at}`} position="right" /> : null}
          </Bar>
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
};

export default Bars;
