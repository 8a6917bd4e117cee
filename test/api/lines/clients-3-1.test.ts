import { oldClientSuite } from '../../support/old-client-suite.ts';

oldClientSuite('3.1.5 and newer');
