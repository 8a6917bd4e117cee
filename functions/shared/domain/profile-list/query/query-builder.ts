import { assertThat, invalidQuery } from '../../../errors/api-error.ts';
import { isJsonNumber } from '../../values/exact-number.ts';
import { isExtendedValue, isJsonList, isObject, literalOf } from './literal.ts';
import { literalPrefixOf } from './literal-prefix.ts';
import { PatternCompiler } from './pattern.ts';
import type { Json, JsonObject } from './relaxed-json.ts';
import type { Query, Test } from './tree.ts';
import { pathOf } from './value.ts';

const logical: ReadonlyMap<string, 'and' | 'or' | 'nor'> = new Map([
  ['$and', 'and'],
  ['$or', 'or'],
  ['$nor', 'nor'],
]);

const isOperator = (key: string): boolean => key.startsWith('$');

/** Builds the tree of one query from its JSON. What is not listed in contract 6.7 is `invalidQuery`. */
export class QueryBuilder {
  readonly #patterns = new PatternCompiler();

  query(object: JsonObject): Query {
    return { kind: 'and', clauses: Array.from(object, ([key, value]) => this.#clause(key, value)) };
  }

  #clause(key: string, value: Json): Query {
    const kind = logical.get(key);
    if (kind !== undefined) return { kind, clauses: this.#clauses(key, value) };
    if (isOperator(key)) throw invalidQuery(`Operator "${key}" is not supported here`);
    const path = pathOf(key);
    const fields = this.#testsOf(value).map((test): Query => ({ kind: 'field', path, test }));
    const [only] = fields;
    return only !== undefined && fields.length === 1 ? only : { kind: 'and', clauses: fields };
  }

  #clauses(operator: string, operand: Json): readonly Query[] {
    const clauses = listOf(operator, operand).map((clause) => this.query(objectOf(operator, clause)));
    assertThat(clauses.length > 0, () => invalidQuery(`${operator} needs at least one query`));
    return clauses;
  }

  #testsOf(value: Json): readonly Test[] {
    return isObject(value) && hasOperators(value)
      ? this.#operators(value)
      : [{ kind: 'equals', value: literalOf(value) }];
  }

  #operators(object: JsonObject): readonly Test[] {
    assertThat(!object.has('$options') || object.has('$regex'), () => invalidQuery('$options needs $regex beside it'));
    return Array.from(object)
      .filter(([operator]) => operator !== '$options')
      .map(([operator, operand]) => this.#test(operator, operand, object));
  }

  #test(operator: string, operand: Json, siblings: JsonObject): Test {
    switch (operator) {
      case '$eq':
        return { kind: 'equals', value: literalOf(operand) };
      case '$ne':
        return not({ kind: 'equals', value: literalOf(operand) });
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        return { kind: 'compare', operator, value: literalOf(operand) };
      case '$in':
        return memberOf(listOf(operator, operand).map(literalOf));
      case '$nin':
        return not(memberOf(listOf(operator, operand).map(literalOf)));
      case '$exists':
        return existence(operand);
      case '$regex':
        return this.#pattern(operand, siblings.get('$options') ?? '');
      case '$not':
        return not(this.#negated(objectOf(operator, operand)));
      case '$all':
        return this.#all(listOf(operator, operand));
      case '$size':
        return sizeTest(operand);
      case '$elemMatch':
        return this.#element(objectOf(operator, operand));
      default:
        throw invalidQuery(
          isOperator(operator)
            ? `Operator "${operator}" is not supported here`
            : `Field "${operator}" can not stand beside operators`,
        );
    }
  }

  #pattern(source: Json, options: Json): Test {
    if (typeof source !== 'string') throw invalidQuery('$regex needs a string');
    if (typeof options !== 'string') throw invalidQuery('$options needs a string');
    const pattern = this.#patterns.compile(source, options);
    return { kind: 'pattern', pattern, prefix: literalPrefixOf(source, options) };
  }

  #negated(object: JsonObject): Test {
    assertThat(hasOperators(object), () => invalidQuery('$not needs an object of operators'));
    return { kind: 'all', tests: this.#operators(object) };
  }

  /** Without operands nothing matches, as in Mongo. */
  #all(operands: readonly Json[]): Test {
    if (operands.length === 0) return memberOf([]);
    return { kind: 'all', tests: operands.flatMap((operand) => this.#allOperand(operand)) };
  }

  #allOperand(operand: Json): readonly Test[] {
    return isObject(operand) && operand.size === 1 && operand.has('$elemMatch')
      ? this.#operators(operand)
      : [{ kind: 'equals', value: literalOf(operand) }];
  }

  #element(object: JsonObject): Test {
    const [first] = object.keys();
    return first !== undefined && isOperator(first) && !logical.has(first)
      ? { kind: 'elementTest', test: { kind: 'all', tests: this.#operators(object) } }
      : { kind: 'elementQuery', query: this.query(object) };
  }
}

const not = (test: Test): Test => ({ kind: 'not', test });

function hasOperators(object: JsonObject): boolean {
  const [first] = object.keys();
  return first !== undefined && isOperator(first) && !isExtendedValue(object);
}

function memberOf(values: readonly unknown[]): Test {
  const isScalar = (value: unknown) => typeof value !== 'object';
  return {
    kind: 'in',
    scalars: new Set(values.filter(isScalar)),
    others: values.filter((value) => !isScalar(value)),
  };
}

function existence(operand: Json): Test {
  if (typeof operand !== 'boolean' && !isJsonNumber(operand)) throw invalidQuery('$exists needs true or false');
  return operand ? { kind: 'exists' } : not({ kind: 'exists' });
}

function sizeTest(operand: Json): Test {
  if (typeof operand !== 'number' || !Number.isInteger(operand) || operand < 0) {
    throw invalidQuery('$size needs a whole number from 0');
  }
  return { kind: 'size', size: operand };
}

function listOf(operator: string, operand: Json): readonly Json[] {
  if (!isJsonList(operand)) throw invalidQuery(`${operator} needs a list`);
  return operand;
}

function objectOf(operator: string, operand: Json): JsonObject {
  if (!isObject(operand)) throw invalidQuery(`${operator} needs an object`);
  return operand;
}
