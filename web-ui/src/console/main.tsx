import { start } from "../shell/start";
import { createConsoleRouter } from "./router";

start(createConsoleRouter);
