// What a browser says of itself, as a person would call it.
const BROWSERS: Array<[RegExp, string]> = [
  [/MicroMessenger/, 'WeChat'], [/Edg(e|A|iOS)?\//, 'Edge'], [/Firefox|FxiOS/, 'Firefox'], [/Chrome|CriOS/, 'Chrome'], [/Safari/, 'Safari'],
];
const SYSTEMS: Array<[RegExp, string]> = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'macOS'], [/Linux|X11/, 'Linux'],
];

/** `Chrome · Windows`; what is not known stays as it was sent. */
export function device(agent: string | null | undefined): string {
  if (!agent) return '—';
  const known = (list: Array<[RegExp, string]>) => list.find(([mark]) => mark.test(agent))?.[1];
  return [known(BROWSERS), known(SYSTEMS)].filter((one) => one !== undefined).join(' · ') || agent;
}
