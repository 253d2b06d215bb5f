import '../../forms/__tests__/setup';

/** jsdom paints nothing; the overview copes with a canvas that cannot be painted. */
HTMLCanvasElement.prototype.getContext = () => null;
