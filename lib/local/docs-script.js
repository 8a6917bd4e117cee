/** The script of the try-out page: Swagger UI, with a filter that finds operations by what people call them. */
const { accessToken } = document.getElementById('page').dataset;
const FIRST_GROUP = 'authentication';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const followTheme = () => document.documentElement.classList.toggle('dark-mode', prefersDark.matches);
prefersDark.addEventListener('change', followTheme);
followTheme();

/** The page would send every field that was left empty, and an empty one can mean "none" (`role`): here that box starts out unticked. */
const emptyFieldsStayOut = ({ React }) => ({
  wrapComponents: {
    ParameterIncludeEmpty:
      (Original) =>
      ({ isIncludedOptions, ...props }) =>
        React.createElement(Original, { ...props, isIncludedOptions: { ...isIncludedOptions, defaultValue: false } }),
  },
});

const NO_ANSWER = 'No answer: the local stack has stopped, or is on its way. `npm start` starts it.';
/** How browsers say that; Swagger UI makes a list of guesses of the first. */
const isUnanswered = ({ response, message }) =>
  response === undefined && /failed to fetch|networkerror|load failed/i.test(message);

const notSent = ({ missingRequiredKeys: missing }) =>
  missing.length > 0 ? `Not sent: ${missing.join(', ')} must not be empty.` : 'Not sent: the body is empty.';

/** Failures in words. What was not sent would leave the answer before it standing. */
const plainFailures = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        setResponse: (original) => (path, method, answer) =>
          original(
            path,
            method,
            answer.error && isUnanswered(answer.err) ? { error: true, err: { name: '', message: NO_ANSWER } } : answer,
          ),
      },
    },
    oas3: {
      wrapActions: {
        setRequestBodyValidateError:
          (original, { specActions }) =>
          (refused) => {
            const { path, method, validationErrors } = refused;
            specActions.setResponse(path, method, {
              error: true,
              err: { name: '', message: notSent(validationErrors) },
            });
            return original(refused);
          },
      },
    },
  },
});

const wordsOf = (phrase) => phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The operations that have each word of the phrase, or one that begins so. */
function matching(groups, phrase) {
  const words = wordsOf(phrase);
  const hasAll = (one) => words.every((word) => one.getIn(['operation', 'x-search'], '').includes(` ${word}`));
  return groups
    .map((group) => group.update('operations', (all) => all.filter(hasAll)))
    .filter((group) => group.get('operations').size > 0);
}

/** Groups are closed but for the first; while something is looked for, all are open. */
function showGroups({ layoutActions, specSelectors }, phrase) {
  for (const { name } of specSelectors.tags().toJS())
    layoutActions.show(['operations-tag', name], phrase !== '' || name === FIRST_GROUP);
}

const filter = ({ React }) => {
  const input = (system) => ({
    id: 'filter',
    type: 'search',
    className: 'operation-filter-input',
    placeholder: 'sign in, password, avatar …',
    autoComplete: 'off',
    onInput: ({ target }) => {
      const phrase = target.value.trim();
      system.layoutActions.updateFilter(phrase);
      showGroups(system, phrase);
    },
  });
  const FilterContainer = (system) =>
    React.createElement(
      'div',
      { className: 'filter wrapper' },
      React.createElement('label', { htmlFor: 'filter' }, 'What would you like to do?'),
      React.createElement('input', input(system)),
    );
  const nothing = () =>
    React.createElement('p', { className: 'wrapper', role: 'status' }, 'No operation has these words.');
  return {
    fn: { opsFilter: matching },
    components: { FilterContainer },
    wrapComponents: {
      operations: (Original) => (props) => {
        const isEmpty = props.specSelectors.taggedOperations().size === 0;
        return React.createElement(isEmpty && props.layoutSelectors.currentFilter() ? nothing : Original, props);
      },
    },
  };
};

const ui = SwaggerUIBundle({
  url: '/docs/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  plugins: [emptyFieldsStayOut, plainFailures, filter],
  onComplete: () => {
    ui.preauthorizeApiKey('accessToken', accessToken);
    if (location.hash === '') showGroups(ui.getSystem(), '');
  },
});
