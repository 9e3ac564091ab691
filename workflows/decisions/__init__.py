"""Decisions 决策部署: what they rest on, how they are broken down, reports that serve several."""
