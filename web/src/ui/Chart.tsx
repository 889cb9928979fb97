// A plot for the eye; whatever it shows stands beside it as a table, for reading, for the keyboard and for paper.
import { BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use as register, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

export function Chart({ option, label, onPick }: { option: EChartsCoreOption; label: string; onPick?: (data: unknown) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current);
    // Rich text is drawn; an HTML tooltip would need inline styles, which the page does not allow.
    chart.setOption({ animation: !matchMedia('(prefers-reduced-motion: reduce)').matches, textStyle: { fontFamily: 'inherit' }, ...option, tooltip: { renderMode: 'richText', ...(option.tooltip as object | undefined) } });
    chart.on('click', (event) => pick.current?.(event.data));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
