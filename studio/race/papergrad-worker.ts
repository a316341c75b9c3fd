/** The worker in which papergrad races. */
import { preparePapergrad } from "./papergrad-side.ts";
import { serve } from "./serve.ts";

serve(preparePapergrad);
