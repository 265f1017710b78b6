#!/usr/bin/env python3
"""Judges HTML pages by axe-core in headless Chromium: `axe.py CHROMIUM AXE.js PAGE…`.

Each page is looked at in light and in dark, wide and at 320 pixels. What axe finds wrong is printed; so is a page that must be scrolled
sideways at 320 pixels (WCAG 2.2, 1.4.10). Ends with 1 where anything was found.
"""
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Runs in the page once it is there, and leaves its findings as text.
JUDGE = """
addEventListener('load', async () => {
  const said = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
  const wide = document.documentElement.scrollWidth > innerWidth;
  const found = said.violations.map(v => ({id: v.id, help: v.help, at: v.nodes.slice(0, 5).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message || ''))}));
  const out = document.createElement('pre');
  out.id = 'said-by-axe';
  out.textContent = JSON.stringify({found, wide, rules: said.passes.length});
  document.body.append(out);
});
"""


def judged(chromium, axe, page, width, dark, folder):
    text = page.read_text("utf-8")
    # The page forbids scripts, as it should: its copy must let the judge in.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = pathlib.Path(folder) / "page.html"
    # A window cannot be as narrow as a phone, but a frame can.
    inner = text.replace("</head>", f"<script>{axe}</script><script>{JUDGE}</script></head>", 1)
    copy.write_text(inner, "utf-8")
    frame = pathlib.Path(folder) / "frame.html"
    frame.write_text(f"""<!doctype html><html lang="en"><title>frame</title><iframe id="f" style="width:{width}px;height:900px;border:0"></iframe>
<script>const f = document.getElementById('f'); f.src = 'page.html';
const wait = setInterval(() => {{ const said = f.contentDocument && f.contentDocument.getElementById('said-by-axe');
if (said) {{ clearInterval(wait); const out = document.createElement('pre'); out.id = 'all'; out.textContent = said.textContent; document.body.append(out); }} }}, 50);</script>""", "utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
               "--disable-dev-shm-usage", "--virtual-time-budget=60000", "--window-size=1200,900", "--dump-dom"]
    if dark:
        command += ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"]
    # A busy machine may end the browser's patience before the judge has spoken.
    for _ in range(3):
        try:
            done = subprocess.run([*command, frame.as_uri()], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120)
        except subprocess.TimeoutExpired:
            continue
        said = re.search(r'<pre id="all">(.*?)</pre>', done.stdout.decode("utf-8", "replace"), re.S)
        if said:
            return json.loads(html.unescape(said.group(1)))
    sys.exit(f"{page}: the judge said nothing")


def main():
    chromium, axe, *pages = sys.argv[1:]
    axe = pathlib.Path(axe).read_text("utf-8").replace("</script", "<\\/script")
    bad, rules = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for page in map(pathlib.Path, pages):
            for width in (1100, 320):
                for dark in (False, True):
                    said = judged(chromium, axe, page, width, dark, folder)
                    rules = max(rules, said["rules"])
                    where = f"{page}, {width} pixels, {'dark' if dark else 'light'}"
                    if said["wide"] and width == 320:
                        bad += 1
                        print(f"{where}: it must be scrolled sideways")
                    for fault in said["found"]:
                        bad += 1
                        print(f"{where}: {fault['id']}: {fault['help']}")
                        for at in fault["at"]:
                            print(f"    {at}")
    print(f"axe-core: {len(pages)} pages, {rules} rules, {bad} findings")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
