import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { JSX } from 'react';
import { examplesFor } from './examples.ts';

/** Opens an example in a tab of its own; the first tabs may long have been edited or closed. */
export function ExampleMenu(): JSX.Element {
  const { addTab } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));
  const examples = examplesFor(new Date());
  const open = (title: string): void => {
    const example = examples.find((candidate) => candidate.title === title);
    if (example === undefined) return;
    addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue(example.variables ?? '');
  };
  return (
    <select className="example-menu" aria-label="Open an example" value="" onChange={({ currentTarget }) => open(currentTarget.value)}>
      <option value="" hidden>
        Examples
      </option>
      {examples.map(({ title }) => (
        <option key={title}>{title}</option>
      ))}
    </select>
  );
}
