import { convertCssVariables, defaultCssVariablesResolver, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { theme, wholeTheme } from "./theme";
// First, as it puts the layers of all other styles in order.
import "./look.css";
import "./mantine.css";

interface LookProps {
  children: ReactNode;
  /** True to leave out transitions, which tests would have to wait for. */
  still?: boolean;
}

/**
 * Colours, type and notifications of everything inside. The theme's variables go into a constructed style sheet, as a
 * style element would be refused by the content security policy.
 */
export function Look({ children, still = false }: LookProps) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      env={still ? "test" : "default"}
    >
      <Notifications position="bottom-right" autoClose={5_000} />
      {children}
    </MantineProvider>
  );
}

/** Makes the theme's variables known to all style sheets of the page. Called once, before the first render. */
export function adoptTheme(): void {
  const { variables, light, dark } = defaultCssVariablesResolver(wholeTheme);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    convertCssVariables({
      variables,
      light: { ...light, "--mantine-color-scheme": "light" },
      dark: { ...dark, "--mantine-color-scheme": "dark" },
    }),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
