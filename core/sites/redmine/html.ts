import { selectAll, selectOne } from 'css-select';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { PageElement } from './issue-page';

type Tree = ReturnType<typeof parseDocument>;
type Element = Extract<Tree['children'][number], { attribs: object }>;

class ParsedElement implements PageElement {
  constructor(private readonly node: Tree | Element) {}

  get textContent(): string {
    return DomUtils.textContent(this.node);
  }

  getAttribute(name: string): string | null {
    return 'attribs' in this.node ? (this.node.attribs[name] ?? null) : null;
  }

  querySelector(selectors: string): PageElement | null {
    const found = selectOne<Tree['children'][number], Element>(selectors, this.node);
    return found && new ParsedElement(found);
  }

  querySelectorAll(selectors: string): PageElement[] {
    return selectAll<Tree['children'][number], Element>(selectors, this.node).map((node) => new ParsedElement(node));
  }
}

/** Parses a page where there is no DOM: the background. */
export const parseHtml = (html: string): PageElement => new ParsedElement(parseDocument(html));

/** Parses XML, such as an Atom feed. */
export const parseXml = (xml: string): PageElement => new ParsedElement(parseDocument(xml, { xmlMode: true }));
