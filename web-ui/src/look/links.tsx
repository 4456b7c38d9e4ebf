import { Button, type ButtonProps, Menu, type MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, RefAttributes } from "react";

type Anchor = AnchorHTMLAttributes<HTMLAnchorElement> & RefAttributes<HTMLAnchorElement>;

/** A link to a page of ours that looks like a button. */
export const LinkButton = createLink((props: ButtonProps & Omit<Anchor, keyof ButtonProps>) => (
  <Button component="a" {...props} />
));

/** A link to a page of ours in a menu. */
export const LinkMenuItem = createLink((props: MenuItemProps & Omit<Anchor, keyof MenuItemProps>) => (
  <Menu.Item component="a" {...props} />
));
