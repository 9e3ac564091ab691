// How saving went, and who else is there.
export default {
  "Not saved yet": "还没有保存",
  "Saving …": "正在保存……",
  "Saved at {time}": "{time} 已保存",
  Saved: "已保存",
  "Not everything is here yet. Trying again …": "还没有全部取到，正在重试……",
  "Not saved: no connection. It is kept on this computer.":
    "没有连上，没有保存；改动留在这台电脑上",
  "Not saved: please sign in again": "没有保存：请重新登录",
  "Not here yet: please sign in again": "还没有取到：请重新登录",
  "Not here yet: {why}": "还没有取到：{why}",
  "Not saved: somebody else saved meanwhile": "没有保存：别人刚刚存过",
  "{name} saved this diagram at {time}, after you had opened it.":
    "您打开之后，{name}在 {time} 存过这张图。",
  "What you drew here until {time} was never saved.": "您在这里画到 {time}，还没有保存过。",
  "{name} is editing “{where}”, too, since {time}": "{name} {time} 起也在改“{where}”",
  "{name} has this open, too, since {time}": "{name} {time} 起也打开了这张图",
  "; ": "；",
  "Not saved: {why}": "没有保存：{why}",
};
