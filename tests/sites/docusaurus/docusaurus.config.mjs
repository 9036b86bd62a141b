import admittance from 'admittance/remark';

export default {
  title: 'Site',
  url: 'https://example.com',
  baseUrl: '/below/a/path/',
  onBrokenLinks: 'throw',
  clientModules: ['./widgets.js'],
  presets: [
    [
      '@docusaurus/preset-classic',
      { docs: { routeBasePath: '/', remarkPlugins: [admittance] }, blog: false, sitemap: false },
    ],
  ],
};
