import { oldApplicationSuite } from '../../support/old-application-suite.ts';

oldApplicationSuite('3.1.5 and newer');
