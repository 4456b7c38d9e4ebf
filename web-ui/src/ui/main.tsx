import { start } from "../shell/start";
import { createUiRouter } from "./router";

start(createUiRouter);
