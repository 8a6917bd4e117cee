import { securitySuite } from '../../support/security-suite.ts';

securitySuite('3.1.0');
