/** The worker in which TensorFlow.js races. */
import { serve } from "./serve.ts";
import { prepareTensorFlow } from "./tensorflow-side.ts";

serve(prepareTensorFlow);
