import { oldApplicationSuite } from '../../support/old-application-suite.ts';

oldApplicationSuite('3.0.1 to 3.1.4');
