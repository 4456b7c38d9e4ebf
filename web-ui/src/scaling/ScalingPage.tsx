import { Stack } from "@mantine/core";
import { useList } from "../api/list";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { Page, Panel, PanelBody } from "../look/Page";
import { Decisions } from "./Decisions";
import { POLICY_COLUMNS } from "./policyColumns";
import { Simulator } from "./Simulator";
import { policiesList } from "./scaling";
import { HOME_WORKSPACE, useSeesPlatform } from "./useSeesPlatform";

export function ScalingPage() {
  const list = useList(policiesList);
  const seesPlatform = useSeesPlatform();
  const components = list.items?.map(({ component }) => component) ?? [];
  return (
    <Page
      title="Scaling"
      about="How many pods of each component live, and how many an autoscaler with this release’s policies decides on from the signals that the platform sees. Pods are made by the cluster’s autoscaler, which may see more; nothing here moves one."
    >
      <Stack gap="lg">
        <ListTable
          label="Components"
          list={list}
          columns={POLICY_COLUMNS}
          keyOf={({ component }) => component}
          empty={
            <EmptyState icon="scaling" title="Nothing scales">
              This release has no policy.
            </EmptyState>
          }
        />
        {seesPlatform ? (
          <Decisions components={components} />
        ) : (
          <Panel title="Pods and decisions">
            <PanelBody>
              <p>
                How many pods live and what was decided are figures of the whole platform; they are shown in the
                workspace {HOME_WORKSPACE}. The policies and the simulator are the same in each.
              </p>
            </PanelBody>
          </Panel>
        )}
        <Simulator policies={list.items ?? []} />
      </Stack>
    </Page>
  );
}
