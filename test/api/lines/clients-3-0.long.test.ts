import { oldClientSuite } from '../../support/old-client-suite.ts';

oldClientSuite('2.5.2 and 3.0.0');
