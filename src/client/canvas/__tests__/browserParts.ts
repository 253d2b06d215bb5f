import { configure } from '@testing-library/react';
import '../../forms/__tests__/setup';

/** jsdom paints nothing; the overview copes with a canvas that cannot be painted. */
HTMLCanvasElement.prototype.getContext = () => null;
// Whole pages are drawn, on machines that do other work meanwhile.
configure({ asyncUtilTimeout: 10_000 });
