declare module 'markdown-it-footnote' {
  import type { PluginSimple } from 'markdown-it';

  const plugin: PluginSimple;
  // biome-ignore lint/style/noDefaultExport: this is how the package exports it
  export default plugin;
}
