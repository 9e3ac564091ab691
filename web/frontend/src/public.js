// What anybody reads without signing in: these pages have styles and run no script.
import "./styles/public.css";
