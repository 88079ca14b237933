import { describe, expect, it } from 'vitest';
import { resolveRef, resolveSource } from '../../../src/2-graph/index.ts';
import { model, type ProjectParts, project, seed, source, versionOf } from './project-builder.ts';

const inPackage = (packageName: string, name: string) =>
  model(name, { package_name: packageName, unique_id: `model.${packageName}.${name}` });

function idOf(
  things: Parameters<typeof project>[0],
  request: { name: string; package?: string; version?: string | number },
  currentPackage = 'shop',
  parts?: ProjectParts,
): string {
  const found = resolveRef(project(things, parts), { package: null, version: null, ...request }, currentPackage);
  return found.kind === 'found' ? found.node.unique_id : found.kind;
}

describe('resolveRef', () => {
  it('finds models, seeds and nothing else', () => {
    expect(idOf([model('a')], { name: 'a' })).toBe('model.shop.a');
    expect(idOf([seed('a')], { name: 'a' })).toBe('seed.shop.a');
    expect(idOf([source('raw', 'a')], { name: 'a' })).toBe('unknown');
  });

  it('searches the root project, then the own package, then every package', () => {
    const all = [
      inPackage('shop', 'a'),
      inPackage('tools', 'a'),
      inPackage('tools', 'b'),
      inPackage('other', 'b'),
      inPackage('other', 'c'),
    ];
    expect(idOf(all, { name: 'a' }, 'tools')).toBe('model.shop.a');
    expect(idOf(all, { name: 'b' }, 'tools')).toBe('model.tools.b');
    expect(idOf(all, { name: 'c' }, 'tools')).toBe('model.other.c');
  });

  it('searches the own package first where the flag asks for it', () => {
    const flags = { require_ref_searches_node_package_before_root: true };
    const all = [inPackage('shop', 'a'), inPackage('tools', 'a')];
    expect(idOf(all, { name: 'a' }, 'tools', { flags })).toBe('model.tools.a');
    expect(idOf(all, { name: 'a' }, 'shop', { flags })).toBe('model.shop.a');
  });

  it('looks in the named package only', () => {
    const all = [inPackage('shop', 'a'), inPackage('tools', 'a')];
    expect(idOf(all, { name: 'a', package: 'tools' })).toBe('model.tools.a');
    expect(idOf(all, { name: 'a', package: 'nowhere' })).toBe('unknown');
  });

  it('cannot choose between two foreign packages', () => {
    expect(idOf([inPackage('one', 'a'), inPackage('two', 'a')], { name: 'a' })).toBe('ambiguous');
  });

  it('takes the latest version unless one is asked for', () => {
    const all = [versionOf('a', 1, 2), versionOf('a', 2, 2), versionOf('a', 3, 2)];
    expect(idOf(all, { name: 'a' })).toBe('model.shop.a.v2');
    expect(idOf(all, { name: 'a', version: 3 })).toBe('model.shop.a.v3');
    expect(idOf(all, { name: 'a', version: '1' })).toBe('model.shop.a.v1');
    expect(idOf(all, { name: 'a', version: 4 })).toBe('unknown');
  });

  it('tells disabled from unknown, and prefers what is enabled in any package', () => {
    const disabled = [inPackage('shop', 'a')];
    expect(idOf([], { name: 'a' }, 'shop', { disabled })).toBe('disabled');
    expect(idOf([inPackage('tools', 'a')], { name: 'a' }, 'shop', { disabled })).toBe('model.tools.a');
  });
});

describe('resolveSource', () => {
  it('finds a table by source and name, in the root project first', () => {
    const all = project(
      [
        source('raw', 'a', { package_name: 'tools' }),
        source('raw', 'a'),
        source('raw', 'b', { package_name: 'tools' }),
      ],
      {
        disabled: [source('raw', 'off')],
      },
    );
    expect(resolveSource(all, 'raw', 'a', 'tools')).toMatchObject({ kind: 'found', node: { package_name: 'shop' } });
    expect(resolveSource(all, 'raw', 'b', 'shop')).toMatchObject({ kind: 'found', node: { package_name: 'tools' } });
    expect(resolveSource(all, 'raw', 'off', 'shop')).toMatchObject({ kind: 'disabled' });
    expect(resolveSource(all, 'raw', 'c', 'shop')).toEqual({ kind: 'unknown' });
  });
});
