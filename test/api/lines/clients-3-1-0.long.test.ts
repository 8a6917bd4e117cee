import { oldClientSuite } from '../../support/old-client-suite.ts';

oldClientSuite('3.0.1 to 3.1.4');
