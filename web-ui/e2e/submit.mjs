// The form that submits a task.

/** Fills in an echo task. @returns the button that submits it */
export async function fillEcho(page, input) {
  const dialog = page.getByRole("dialog", { name: "Submit task" });
  await dialog.getByRole("combobox", { name: "Task type" }).click();
  await page.getByRole("option", { name: "echo" }).click();
  await dialog.getByLabel("Input", { exact: true }).fill(JSON.stringify(input));
  return dialog.getByRole("button", { name: "Submit task" });
}
