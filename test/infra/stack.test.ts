// One file for Jest, since each of its files loads the CDK anew and synthesizes for itself; the facts stand in the files named here.
import './after-task.ts';
import './api-access.ts';
import './edge.ts';
import './event-entrance.ts';
import './hardening.ts';
import './idle-cost.ts';
import './least-privilege.ts';
import './operations.ts';
import './pages.ts';
import './provider-callbacks.ts';
import './quire-stack.ts';
import './workflow-folder.ts';
