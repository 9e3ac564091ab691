"""What the posts and units are called that the scripts speak of."""

MAYOR, EXECUTIVE, VICE, SECRETARY = "市长", "常务副市长", "副市长", "秘书长"
PARKS, FINANCE, STAFFING = "市园林绿化处", "市财政局", "市委编办"
TRANSPORT, POLICE, INDUSTRY = "市交通运输局", "市公安局", "市工信局"
CITY_CARE, RAILWAY, HEALTH = "市城管局", "市铁路建设办公室", "市卫健委"
MARKET, SCIENCE, ESTATES = "市市场监管局", "市科协", "市机关事务管理局"
ASSETS, SCHOOLS, WATER = "市国资委", "市教体局", "市水利局"
