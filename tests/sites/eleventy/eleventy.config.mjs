import admittance from 'admittance/markdown-it';

const widgets = ['widgets.js', 'browser.js', 'facade.js', 'engine.wasm'];

export default function (config) {
  config.amendLibrary('md', (md) => md.use(admittance));
  for (const name of widgets) config.addPassthroughCopy({ [`node_modules/admittance/${name}`]: `admittance/${name}` });
  return { dir: { input: 'src' }, pathPrefix: '/below/a/path/' };
}
