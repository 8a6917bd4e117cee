import { oldApplicationSuite } from '../../support/old-application-suite.ts';

oldApplicationSuite('2.5.2 and 3.0.0');
