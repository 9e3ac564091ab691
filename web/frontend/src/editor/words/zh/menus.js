// What bpmn-js's menus say, in the words of supervision.
const events = {
  start: "开始",
  "boundary event": "边界事件",
  "intermediate catch event": "等待",
  "intermediate throw event": "发出",
  "end event": "结束",
};

const about = {
  Message: "消息",
  Timer: "计时",
  Conditional: "条件",
  Signal: "信号",
  Error: "错误",
  Escalation: "升级",
  Link: "链接",
};

/** "Timer boundary event (non-interrupting)" and all of its kind. */
function eventWords() {
  const words = {};
  for (const [kind, subject] of Object.entries(about)) {
    for (const [place, where] of Object.entries({ ...events, "start event": events.start })) {
      words[`${kind} ${place}`] = `${subject}（${where}）`;
      words[`${kind} ${place} (non-interrupting)`] = `${subject}（${where}，不打断）`;
    }
  }
  return words;
}

export default {
  ...eventWords(),
  "Start event": "开始",
  "End event": "结束",
  "Boundary event": "边界事件",
  "Intermediate throw event": "经过（只作标记）",
  "Terminate end event": "全部结束",
  "User task": "人工步骤（用户任务）",
  "Service task": "自动办理（服务任务）",
  "Business rule task": "按规则表定（业务规则任务）",
  "Send task": "发消息（发送任务）",
  "Receive task": "等消息（接收任务）",
  "Call activity": "公用部分（调用活动）",
  "Sub-process": "子流程",
  "Sub-process (expanded)": "子流程（展开）",
  "Sub-process (collapsed)": "子流程（折叠）",
  "Event sub-process": "事件子流程",
  "Exclusive gateway": "判断（排他网关）",
  "Parallel gateway": "并行（并行网关）",
  "Inclusive gateway": "一条或几条（包容网关）",
  "Event-based gateway": "先到先走（事件网关）",
  "Sequence flow": "普通连线",
  "Default flow": "默认走法",
  "Conditional flow": "有条件的连线",
  "Expanded pool/participant": "展开的池",
  "Empty pool/participant": "空的池",
  "Parallel multi-instance": "办几次，同时办",
  "Sequential multi-instance": "办几次，依次办",
  Loop: "循环",
  "Toggle non-interrupting": "打断或不打断",
  "Change element": "改成……",
  "Connect to other element": "连线",
  "Connect using association": "连到图元",
  "Add text annotation": "加注释",
  "Add lane above": "在上面加一条泳道",
  "Add lane below": "在下面加一条泳道",
  "Divide into two lanes": "分成两条泳道",
  "Divide into three lanes": "分成三条泳道",
  "{name}: can't be opened now": "{name}：现在打不开",
  "Open {element}": "打开{element}",
  "Search in diagram": "在图里找",
  "Open minimap": "打开缩略图",
  "Close minimap": "收起缩略图",
  "Align elements": "对齐",
  Delete: "删除",
};
