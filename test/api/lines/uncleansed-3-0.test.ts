import { uncleansedLineSuite } from '../../support/uncleansed-line-suite.ts';

uncleansedLineSuite('3.0');
