# Ends the tree of a noted process; says what end.sh says.
$ErrorActionPreference = 'SilentlyContinue'; $f = Join-Path $env:TEMP '%s'
function Get-One($i) { Get-CimInstance Win32_Process -Filter "ProcessId=$i" }
for ($w = %d; $w -gt 0 -and -not (Test-Path -LiteralPath $f); $w--) { Start-Sleep -Milliseconds 100 }
if (-not (Test-Path -LiteralPath $f)) { 'none'; exit }
$n = (Get-Content -LiteralPath $f) -split ' '; $known = @{}
function Add-Tree($p) { $known[[string]$p.ProcessId] = $p.CreationDate.Ticks
  Get-CimInstance Win32_Process -Filter "ParentProcessId=$($p.ProcessId)" |
  Where-Object { $_.CreationDate -ge $p.CreationDate -and -not $known["$($_.ProcessId)"] } |
  ForEach-Object { Add-Tree $_ } }
function Get-Left { foreach ($i in @($known.Keys)) { $p = Get-One $i
  if ($p -and $p.CreationDate.Ticks -eq $known[$i]) { $p } } }
$p = Get-One $n[0]; if ($p -and "$($p.CreationDate.Ticks)" -eq $n[1]) { Add-Tree $p }
$all = $known.Count; $killed = 0; $r = %d
if ($all -and $r) { taskkill /T /PID $n[0] 2>&1 | Out-Null }
while ((Get-Left) -and $r -gt 0) { Start-Sleep -Milliseconds 100; $r-- }
foreach ($p in @(Get-Left)) { $killed++; taskkill /F /T /PID $p.ProcessId 2>&1 | Out-Null }
for ($r = 50; (Get-Left) -and $r -gt 0; $r--) { Start-Sleep -Milliseconds 100 }
$left = @(Get-Left); foreach ($p in $left) { "left $($p.ProcessId) $($p.Name)" }
if (-not $left) { Remove-Item -LiteralPath $f; "gone $all $killed" }
