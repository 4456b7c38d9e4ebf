import { Stack } from "@mantine/core";
import { useList } from "../api/list";
import { EmptyState } from "../look/EmptyState";
import { ListTable } from "../look/ListTable";
import { Page } from "../look/Page";
import { POLICY_COLUMNS } from "./policyColumns";
import { Simulator } from "./Simulator";
import { policiesList } from "./scaling";

export function ScalingPage() {
  const list = useList(policiesList);
  return (
    <Page
      title="Scaling"
      about="What each component scales on, how fast, and what that comes to under a load. Pods are made by the cluster's autoscaler; these are the numbers of this release."
    >
      <Stack gap="lg">
        <ListTable
          label="Policies"
          list={list}
          columns={POLICY_COLUMNS}
          keyOf={({ component }) => component}
          empty={
            <EmptyState icon="scaling" title="Nothing scales">
              This release has no policy.
            </EmptyState>
          }
        />
        <Simulator components={list.items?.map(({ component }) => component) ?? []} />
      </Stack>
    </Page>
  );
}
