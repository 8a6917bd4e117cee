import { settingDescriptions } from '../functions/shared/config/setting-descriptions.ts';
import { settingTable } from '../functions/shared/config/settings.ts';

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

/** The table of `docs/settings.md`: the settings that an operator may choose. */
export function settingsTable(): string {
  const rows = Object.entries(settingTable).flatMap(([name, setting]) => {
    if (!('context' in setting)) return [];
    const description = Object.entries(settingDescriptions).find(([described]) => described === name)?.[1] ?? '';
    return [
      `| \`${setting.variable}\` | \`${setting.context}\` | ${'fallback' in setting ? code(setting.fallback) : ''} | ${description} |`,
    ];
  });
  return ['| variable | setting | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}
