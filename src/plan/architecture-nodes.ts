import type { ViewEdge, ViewNode } from '../contract/architecture-view.ts';
import type { Dependency, ModelRoute, Plan } from '../contract/plan.ts';
import { TOOL_EFFECTS } from '../contract/tool-policy.ts';

/** Zone of what the team runs itself. */
const OWN = 'own account';

export interface Graph {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
}

/** Everything that is declared, and what flows between. */
export function architectureGraph(plan: Plan): Graph {
  const parts = [peopleOf(plan), modelsOf(plan), toolsOf(plan), dependenciesOf(plan), knowledgeOf(plan), queueOf(plan)];
  const nodes = [workloadNode(plan), ...parts.flatMap((part) => part.nodes)];
  const zoneOf = new Map(nodes.map(({ id, zone }) => [id, zone]));
  const edges = parts
    .flatMap((part) => part.edges)
    .map((edge) => ({ ...edge, isBoundary: zoneOf.get(edge.from) !== zoneOf.get(edge.to) }));
  return { nodes, edges };
}

interface Part {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly Omit<ViewEdge, 'isBoundary'>[];
}

function edge(from: string, to: string, carries: string, isFallback = false): Omit<ViewEdge, 'isBoundary'> {
  return { from, to, carries, isFallback };
}

function workloadNode({ workload }: Plan): ViewNode {
  const { name, autonomy, identity } = workload;
  const details = [autonomy, identity === undefined ? 'no identity declared' : `acts as ${identity.principal}`];
  return { id: 'workload', kind: 'workload', label: name, zone: OWN, details };
}

function peopleOf({ workload: { audience } }: Plan): Part {
  const label = audience === 'systems' ? 'other systems' : (audience ?? 'audience not declared');
  const node: ViewNode = { id: 'people', kind: 'people', label, zone: label, details: [] };
  return { nodes: [node], edges: [edge('people', 'workload', 'requests and answers')] };
}

/** A gateway that several routes name is one node. */
function modelsOf({ models }: Plan): Part {
  const routes = [models.primary, ...models.fallback];
  const gateways = [
    ...new Set(routes.flatMap(({ gateway }) => (gateway === undefined || gateway === 'none' ? [] : [gateway]))),
  ];
  const gatewayId = (name: string) => `gateway/${gateways.indexOf(name)}`;
  const nodes = routes.map((route, i): ViewNode => modelNode(route, i));
  const edges = routes.flatMap((route, i) => {
    const { gateway } = route;
    const isFallback = i > 0;
    const from = gateway === undefined || gateway === 'none' ? 'workload' : gatewayId(gateway);
    return [edge(from, `model/${i}`, 'prompts and answers', isFallback)];
  });
  return {
    nodes: [
      ...gateways.map(
        (name): ViewNode => ({
          id: gatewayId(name),
          kind: 'gateway',
          label: name,
          zone: `gateway ${name}`,
          details: [],
        }),
      ),
      ...nodes,
    ],
    edges: [...gateways.map((name) => edge('workload', gatewayId(name), 'prompts and answers')), ...edges],
  };
}

function modelNode(route: ModelRoute, index: number): ViewNode {
  const { provider, model, gateway } = route;
  const role = index === 0 ? 'primary' : `fallback ${index}`;
  const details = [role, ...(gateway === undefined ? ['gateway not declared'] : [])];
  return {
    id: `model/${index}`,
    kind: 'model',
    label: model,
    zone: zoneOfRoute(route),
    details: [...details, provider],
  };
}

/** `anthropic on aws us-east-1, account prod`; what is not declared is said. */
function zoneOfRoute({ provider, cloud, region, account }: ModelRoute): string {
  const place =
    cloud === undefined
      ? 'cloud not declared'
      : `${cloud}${region === undefined ? ', region not declared' : ` ${region}`}`;
  return `${provider} on ${place}, ${account === undefined ? 'account not declared' : `account ${account}`}`;
}

function toolsOf({ tools }: Plan): Part {
  if (tools === undefined || tools === 'none') return { nodes: [], edges: [] };
  const nodes = TOOL_EFFECTS.flatMap((effect): ViewNode[] => {
    const names = Object.keys(tools).filter((name) => tools[name]?.effect === effect);
    const node: ViewNode = {
      id: `tools/${effect}`,
      kind: 'tools',
      label: `${effect} tools`,
      zone: OWN,
      details: names,
    };
    return names.length === 0 ? [] : [node];
  });
  return { nodes, edges: nodes.map(({ id }) => edge('workload', id, 'arguments and results')) };
}

function dependenciesOf({ dependencies }: Plan): Part {
  const nodes = dependencies.map(
    (dependency, i): ViewNode => ({
      id: `dependency/${i}`,
      kind: 'dependency',
      label: dependency.name,
      zone: zoneOfDependency(dependency),
      details: [
        dependency.kind,
        ...(dependency.critical ? ['critical'] : []),
        dependency.alternative === undefined ? 'no alternative' : `alternative ${dependency.alternative}`,
      ],
    }),
  );
  return { nodes, edges: nodes.map(({ id }) => edge('workload', id, 'data')) };
}

function zoneOfDependency({ kind, vendor, name }: Dependency): string {
  if (vendor !== undefined) return `${vendor} (${kind})`;
  return kind === 'saas' || kind === 'cloud' || kind === 'gateway' ? `vendor of ${name} not declared` : OWN;
}

function knowledgeOf({ knowledge }: Plan): Part {
  if (knowledge === undefined || knowledge === 'none') return { nodes: [], edges: [] };
  const nodes = knowledge.map(
    ({ name, path }, i): ViewNode => ({
      id: `knowledge/${i}`,
      kind: 'knowledge',
      label: name,
      zone: OWN,
      details: [path],
    }),
  );
  return { nodes, edges: nodes.map(({ id }) => edge(id, 'workload', 'documents')) };
}

function queueOf({ handoff }: Plan): Part {
  if (handoff === undefined) return { nodes: [], edges: [] };
  const { queue, perHour } = handoff;
  const details = [perHour === undefined ? 'capacity not declared' : `${perHour} cases an hour`];
  const node: ViewNode = { id: 'queue', kind: 'people', label: queue, zone: `people of ${queue}`, details };
  return { nodes: [node], edges: [edge('workload', 'queue', 'cases handed over', true)] };
}
