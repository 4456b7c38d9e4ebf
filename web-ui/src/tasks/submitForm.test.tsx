import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { FakeApi, problem } from "../testing/fakeApi";
import { renderPart } from "../testing/renderUi";
import { ECHO, HTTP_REQUEST, sampleTask } from "../testing/samples";
import { SubmitForm } from "./SubmitDialog";

function showForm(api: FakeApi, model?: ReturnType<typeof sampleTask>) {
  const onSubmitted = vi.fn();
  renderPart(<SubmitForm types={[ECHO, HTTP_REQUEST]} model={model} onCancel={() => {}} onSubmitted={onSubmitted} />);
  const submit = () => userEvent.click(screen.getByRole("button", { name: "Submit task" }));
  return { api, onSubmitted, submit, input: screen.getByLabelText("Input") };
}

test("starts from an example of the type and submits it", async () => {
  const form = showForm(new FakeApi().on("POST /tasks", { status: 202, body: sampleTask() }));

  await form.submit();

  await waitFor(() => expect(form.onSubmitted).toHaveBeenCalledWith(sampleTask()));
  const [request] = form.api.to("POST /tasks");
  expect(request?.body).toEqual({ type: "echo", input: { message: "hello" } });
  expect(request?.headers.get("Idempotency-Key")).toMatch(/^[\da-f-]{36}$/);
});

test("a concurrency key goes with a queue and is asked for with one alone", async () => {
  const form = showForm(
    new FakeApi().on("POST /tasks", { status: 202, body: sampleTask() }),
    sampleTask({
      type: "http.request",
      queue: "reports",
      concurrencyKey: "customer-42",
    }),
  );

  await form.submit();

  await waitFor(() => expect(form.api.to("POST /tasks")).toHaveLength(1));
  expect(form.api.to("POST /tasks")[0]?.body).toMatchObject({ queue: "reports", concurrencyKey: "customer-42" });
});

test("a task that runs at once has no concurrency key", () => {
  showForm(new FakeApi());

  expect(screen.queryByLabelText(/^Concurrency key/)).toBeNull();
});

test("who is to be told of the end goes with the task", async () => {
  const form = showForm(new FakeApi().on("POST /tasks", { status: 202, body: sampleTask() }));

  await userEvent.type(screen.getByLabelText("Callback"), " https://example.org/done");
  await form.submit();

  await waitFor(() => expect(form.api.to("POST /tasks")).toHaveLength(1));
  expect(form.api.to("POST /tasks")[0]?.body).toMatchObject({ callback: { url: "https://example.org/done" } });
});

test("an address that cannot be told is refused at its field", async () => {
  const errors = [{ pointer: "/callback/url", detail: "leads inside" }];
  const form = showForm(new FakeApi().on("POST /tasks", problem(400, "invalid-input", { errors })));

  await form.submit();

  expect(await screen.findByText("url: leads inside")).toBeTruthy();
  expect(screen.getByLabelText("Callback").getAttribute("aria-invalid")).toBe("true");
});

test("a second try after a failure uses the same key", async () => {
  const form = showForm(new FakeApi().on("POST /tasks", problem(503, "store-away")));

  await form.submit();
  await screen.findByRole("alert");
  await form.submit();

  await waitFor(() => expect(form.api.to("POST /tasks")).toHaveLength(2));
  const keys = form.api.to("POST /tasks").map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys[0]).toBe(keys[1]);
});

test("text that is not JSON is not sent", async () => {
  const form = showForm(new FakeApi());

  fireEvent.change(form.input, { target: { value: "{message: 1}" } });
  await form.submit();

  expect(await screen.findByText(/This is not JSON/)).toBeTruthy();
  expect(form.api.to("POST /tasks")).toEqual([]);
});

test("what the server refuses is shown at the input, with the place inside it", async () => {
  const errors = [{ pointer: "/input/url", detail: "is required" }];
  const form = showForm(new FakeApi().on("POST /tasks", problem(400, "invalid-input", { errors })));

  await form.submit();

  expect(await screen.findByText("url: is required")).toBeTruthy();
  expect(form.input.getAttribute("aria-invalid")).toBe("true");
});

test("starts from another task when asked to", () => {
  const form = showForm(new FakeApi(), sampleTask({ type: "http.request", input: { url: "https://example.org" } }));

  expect((form.input as HTMLTextAreaElement).value).toContain("https://example.org");
  expect((screen.getByRole("combobox", { name: "Task type" }) as HTMLInputElement).value).toBe("http.request");
});
