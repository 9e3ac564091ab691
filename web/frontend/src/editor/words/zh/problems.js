// What is wrong with a diagram.
export default {
  "Must be changed": "必须改",
  Warning: "提醒",
  Advice: "建议",
  "{count} must be changed": "{count} 个必须改",
  "{count} warnings": "{count} 个提醒",
  "{count} pieces of advice": "{count} 个建议",
  "No problems": "没有问题",
  "The diagram": "整张图",
  "How to draw it": "怎么画",
  "{kind} without a name": "没有名称的{kind}",
};
