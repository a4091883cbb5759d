// The place this folder is for. Another district is another copy of this file and of drawn/.

export const CODE = '330109';
export const NAME = '萧山区';
export const NAME_EN = 'Xiaoshan District';
export const CITY = '杭州市';

/** City maps whose districts are drawn as context. */
export const CITY_CODES = ['330100', '330400', '330500', '330600', '330700'];

/** What the map can show: west, south, east, north. Wide enough for a 1920 px wall at zoom 10. */
export const BBOX = [119.35, 29.5, 121.25, 30.85];

/** Where the two boundary sources must agree at least this much (intersection over union). */
export const LEAST_IOU = 0.8;

/** Coordinates in the outputs are WGS 84 with this many decimals (about one metre). */
export const DECIMALS = 5;
