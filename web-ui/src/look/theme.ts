import {
  ActionIcon,
  Button,
  createTheme,
  DEFAULT_THEME,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  mergeMantineTheme,
  Tooltip,
} from "@mantine/core";

const tide: MantineColorsTuple = [
  "#e8f6f4",
  "#cfebe7",
  "#a3d9d2",
  "#70c3b9",
  "#47b0a5",
  "#229c91",
  "#12857b",
  "#0b6e66",
  "#085851",
  "#04403b",
];

const dark: MantineColorsTuple = [
  "#dfe6ea",
  "#bcc8cf",
  "#93a3ad",
  "#6c7c86",
  "#33414a",
  "#28343c",
  "#1a2329",
  "#10171b",
  "#0b1114",
  "#070b0d",
];

/** Small type and tight spacing: these pages are read by people who compare many rows. */
export const theme = createTheme({
  primaryColor: "tide",
  primaryShade: 7,
  colors: { tide, dark },
  black: "#17222b",
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "JetBrains Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: { fontWeight: "600" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    Button: Button.extend({ defaultProps: { size: "sm" } }),
    // The library's scroll lock writes a style element, which the content security policy refuses; look.css does it.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, radius: "lg", closeButtonProps: { "aria-label": "Close" } },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false } }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", radius: "md" } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    }),
  },
});

export const wholeTheme = mergeMantineTheme(DEFAULT_THEME, theme);
