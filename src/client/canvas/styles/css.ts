/** The style sheet of the canvas. One sheet with variables instead of styles per card: a flow has hundreds of cards. */
export const CANVAS_CSS = `
.wf-canvas{position:relative;overflow:hidden;width:100%;height:100%;min-height:320px;background:var(--wf-bg);color:var(--wf-text);
  font-family:var(--wf-font);font-size:var(--wf-font-size);touch-action:none;outline:none;cursor:grab;user-select:none;
  background-image:radial-gradient(var(--wf-fill-strong) 1px,transparent 1px);background-size:20px 20px}
.wf-canvas.wf-panning,.wf-canvas.wf-panning *{cursor:grabbing!important;user-select:none}
.wf-canvas.wf-space .wf-card{pointer-events:none}
.wf-world{position:absolute;left:0;top:0;width:0;height:0;transform-origin:0 0}
.wf-tree{position:absolute;left:0;top:0;width:1px;height:1px}
.wf-panning .wf-world{will-change:transform}
.wf-edges{position:absolute;left:0;top:0;width:1px;height:1px;overflow:visible;pointer-events:none}
.wf-edges path{fill:none;stroke:var(--wf-line);stroke-width:1.5}
.wf-edges path.wf-taken{stroke:var(--wf-success);stroke-width:2.5}
.wf-edges path.wf-skipped{stroke-dasharray:4 5;opacity:.55}
.wf-edges path.wf-loop{stroke-dasharray:none}
.wf-card{position:absolute;box-sizing:border-box;background:var(--wf-card);border:1px solid var(--wf-border);border-radius:var(--wf-radius);
  box-shadow:var(--wf-shadow);cursor:default;outline:none;display:flex;flex-direction:column;contain:layout style}
.wf-card:hover{border-color:var(--wf-primary-border);box-shadow:var(--wf-shadow-up)}
.wf-card:focus-visible,.wf-card.wf-focus-ring{outline:2px solid var(--wf-primary);outline-offset:2px}
.wf-card.wf-selected{border-color:var(--wf-primary);box-shadow:0 0 0 1px var(--wf-primary),var(--wf-shadow)}
.wf-card.wf-error{border-color:var(--wf-error)}
.wf-card.wf-skipped{background:var(--wf-bg);border:1px dashed var(--wf-line);box-shadow:none;color:var(--wf-text-2)}
.wf-card.wf-skipped .wf-icon{opacity:.5}
.wf-card.wf-cut,.wf-card.wf-dragged{opacity:.45;border-style:dashed}
.wf-card.wf-hit{background:var(--wf-warning-bg)}
.wf-card.wf-hit-current{box-shadow:0 0 0 3px var(--wf-warning)}
.wf-card.wf-lost{border-style:dashed;border-color:var(--wf-warning)}
.wf-head{display:flex;align-items:center;gap:8px;padding:8px 6px 0 12px;min-width:0;color:var(--wf-text-2);font-size:var(--wf-font-small);line-height:20px}
.wf-icon{flex:none;display:inline-flex;align-items:center;justify-content:center;width:22px;height:22px;border-radius:var(--wf-radius-sm);
  background:var(--wf-fill);color:var(--wf-text-2);font-size:13px}
.wf-trigger .wf-icon{background:var(--wf-primary-bg);color:var(--wf-primary)}
.wf-type{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.wf-title{display:flex;align-items:baseline;gap:8px;padding:4px 12px 0;line-height:20px;white-space:nowrap;cursor:text}
.wf-title>:first-child{flex:0 1 auto;min-width:0;font-weight:600;overflow:hidden;text-overflow:ellipsis}
.wf-time{flex:none;margin-inline-start:auto;color:var(--wf-text-2);font-size:var(--wf-font-small);font-variant-numeric:tabular-nums}
.wf-title-input.wf-title-input{margin:2px 8px 0;width:calc(100% - 16px);font-weight:600;padding:0 4px;height:24px}
.wf-summary{padding:2px 12px 0;color:var(--wf-text-2);font-size:var(--wf-font-small);line-height:18px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.wf-summary-empty{font-style:italic}
.wf-key{display:flex;align-items:center;gap:4px;padding:4px 8px 0 12px;font-size:var(--wf-font-small);color:var(--wf-text-2);min-width:0}
.wf-key code,.wf-note,.wf-note textarea{user-select:text}
.wf-key code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--wf-fill);border-radius:var(--wf-radius-sm);padding:0 6px;
  overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-width:0}
.wf-quiet{flex:none;display:inline-flex;align-items:center;justify-content:center;gap:4px;min-width:24px;height:24px;padding:0 4px;border:0;background:transparent;
  color:var(--wf-text-2);border-radius:var(--wf-radius-sm);cursor:pointer;font:inherit;font-size:var(--wf-font-small)}
.wf-quiet:hover{background:var(--wf-fill);color:var(--wf-text)}
.wf-quiet:focus-visible{outline:2px solid var(--wf-primary);outline-offset:-2px}
.wf-badge{border-radius:12px;height:20px;min-width:20px;padding:0 6px;font-weight:600}
.wf-badge-error,.wf-badge-error:hover{background:var(--wf-error-bg);color:var(--wf-text)}
.wf-badge-warning,.wf-badge-warning:hover{background:var(--wf-warning-bg);color:var(--wf-text)}
.wf-badge-error .wf-badge-icon{color:var(--wf-error)}
.wf-badge-warning .wf-badge-icon{color:var(--wf-warning)}
.wf-menu{opacity:0}
.wf-card:hover .wf-menu,.wf-card:focus-within .wf-menu,.wf-card:focus .wf-menu,.wf-menu.wf-open{opacity:1}
.wf-menu-place{position:relative;flex:none;display:inline-flex}
.wf-menu-anchor{position:absolute;inset:0;outline:none}
@media (hover:none){.wf-menu{opacity:1}}
.wf-extras{position:absolute;left:0;right:0;top:100%;display:flex;flex-wrap:wrap;justify-content:center;align-items:center;gap:4px;pointer-events:none;z-index:2}
.wf-extras>*{pointer-events:auto}
.wf-fold{position:absolute;left:50%;bottom:-11px;transform:translateX(-50%);height:22px;padding:0 8px;background:var(--wf-raised);border:1px solid var(--wf-border);
  border-radius:11px;color:var(--wf-text-2);font:inherit;font-size:11px;line-height:20px;cursor:pointer;white-space:nowrap;opacity:0;z-index:3}
.wf-card:hover>.wf-fold,.wf-card:focus-within>.wf-fold,.wf-card:focus>.wf-fold,.wf-fold.wf-folded{opacity:1}
.wf-fold:focus-visible{outline:2px solid var(--wf-primary)}
.wf-branch-head{position:absolute;box-sizing:border-box;display:flex;align-items:center;justify-content:center;pointer-events:none}
.wf-branch-head>*{pointer-events:auto;max-width:100%}
.wf-pill{background:var(--wf-raised);border:1px solid var(--wf-border);border-radius:12px;height:24px;line-height:22px;padding:0 10px;font-size:var(--wf-font-small);
  color:var(--wf-text-2);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.wf-pill.wf-taken{border-color:var(--wf-success);color:var(--wf-text)}
.wf-pill.wf-skipped{background:var(--wf-bg);border:1px dashed var(--wf-line)}
.wf-slot{position:absolute;display:inline-flex;align-items:center;justify-content:center;box-sizing:border-box;width:24px;height:24px;padding:0;border-radius:50%;
  border:1px solid var(--wf-line);background:var(--wf-card);color:var(--wf-text-2);cursor:pointer;font-size:12px;line-height:1}
.wf-plus{width:10px;height:10px;background:linear-gradient(currentColor,currentColor) center/100% 1.5px no-repeat,linear-gradient(currentColor,currentColor) center/1.5px 100% no-repeat}
.wf-slot::after{content:'';position:absolute;inset:-8px -40px;border-radius:12px}
.wf-slot:hover,.wf-slot.wf-open{border-color:var(--wf-primary);background:var(--wf-primary);color:var(--wf-on-primary)}
.wf-slot:focus-visible{outline:2px solid var(--wf-primary);outline-offset:2px}
.wf-slot.wf-drop{border:1.5px dashed var(--wf-primary);border-radius:12px;background:var(--wf-primary-bg);color:var(--wf-text);width:120px}
.wf-slot.wf-drop-warning{border-color:var(--wf-warning);background:var(--wf-warning-bg);color:var(--wf-text)}
.wf-slot.wf-drop-no{opacity:.25;border-style:dashed;cursor:not-allowed}
.wf-slot.wf-drop-over{background:var(--wf-primary);color:var(--wf-on-primary);border-style:solid}
.wf-slot.wf-drop-over.wf-drop-warning{background:var(--wf-warning-bg);border-width:2px;color:var(--wf-text)}
.wf-end{position:absolute;box-sizing:border-box;display:flex;align-items:center;justify-content:center;border-radius:14px;background:var(--wf-fill-strong);
  color:var(--wf-text-2);font-size:var(--wf-font-small);font-weight:600}
.wf-stop{position:absolute;display:flex;align-items:center;justify-content:center;color:var(--wf-text-3);font-size:12px;background:var(--wf-bg);border-radius:50%}
.wf-note{position:absolute;box-sizing:border-box;background:var(--wf-warning-bg);border:1px solid var(--wf-border);border-left:3px solid var(--wf-warning);border-radius:var(--wf-radius-sm);
  padding:6px 8px;font-size:var(--wf-font-small);line-height:18px;white-space:pre-wrap;overflow:hidden;cursor:default}
.wf-note textarea.ant-input{height:100%;background:transparent;resize:none;font-size:var(--wf-font-small)}
.wf-note-tools{position:absolute;top:2px;right:2px;display:flex;opacity:0}
.wf-note:hover .wf-note-tools,.wf-note:focus-within .wf-note-tools{opacity:1}
.wf-job{display:inline-flex;align-items:center;gap:4px;height:22px;padding:0 8px;border:1px solid transparent;border-radius:11px;background:var(--wf-fill);
  color:var(--wf-text);font:inherit;font-size:var(--wf-font-small);cursor:pointer;white-space:nowrap;max-width:140px;overflow:hidden;text-overflow:ellipsis}
.wf-job:hover{border-color:var(--wf-text-2)}
.wf-job:focus-visible{outline:2px solid var(--wf-primary)}
.wf-band{position:absolute;border:1px solid var(--wf-primary);background:var(--wf-primary-bg);opacity:.5;pointer-events:none;z-index:5}
.wf-ghost{position:fixed;z-index:1050;pointer-events:none;background:var(--wf-card);border:1px solid var(--wf-primary);border-radius:var(--wf-radius);
  box-shadow:var(--wf-shadow-up);padding:8px 12px;max-width:240px;font-weight:600;color:var(--wf-text);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.wf-mark{flex:none;color:var(--wf-text);border-radius:10px;padding:0 8px;font-size:11px;line-height:18px}
.wf-mark-added{border-color:var(--wf-success);box-shadow:0 0 0 1px var(--wf-success)}
.wf-mark-tag-added{background:var(--wf-success-bg)}
.wf-mark-removed{border-color:var(--wf-error);border-style:dashed}
.wf-mark-tag-removed{background:var(--wf-error-bg)}
.wf-mark-changed,.wf-mark-moved{border-color:var(--wf-warning);box-shadow:0 0 0 1px var(--wf-warning)}
.wf-mark-tag-changed,.wf-mark-tag-moved{background:var(--wf-warning-bg)}
.wf-panel{position:absolute;z-index:6;background:var(--wf-raised);border:1px solid var(--wf-border);border-radius:var(--wf-radius);box-shadow:var(--wf-shadow)}
.wf-zoom{left:12px;bottom:12px;display:flex;align-items:center;padding:2px}
.wf-zoom .wf-level{min-width:48px;font-variant-numeric:tabular-nums}
.wf-minimap{left:12px;bottom:52px;padding:4px;line-height:0;cursor:crosshair}
.wf-minimap canvas{border-radius:var(--wf-radius-sm);touch-action:none}
.wf-palette{z-index:10;display:flex;flex-direction:column;overflow:hidden;box-shadow:var(--wf-shadow-up)}
.wf-kinds{overflow:auto;padding:0 4px 8px;overscroll-behavior:contain}
.wf-kind-group{padding:8px 8px 4px;font-size:var(--wf-font-small);color:var(--wf-text-2);font-weight:600}
.wf-kind{display:flex;align-items:flex-start;gap:10px;width:100%;padding:6px 8px;border:0;background:transparent;border-radius:var(--wf-radius-sm);text-align:start;
  color:var(--wf-text);font:inherit;cursor:pointer}
.wf-kind-active{background:var(--wf-fill)}
.wf-kind[aria-disabled=true]{cursor:not-allowed}
.wf-kind[aria-disabled=true] .wf-kind-title{color:var(--wf-text-3)}
.wf-kind-title{display:block;line-height:20px}
.wf-kind-text{display:block;color:var(--wf-text-2);font-size:var(--wf-font-small);line-height:16px}
.wf-search{left:50%;top:12px;transform:translateX(-50%);width:min(420px,calc(100% - 24px));padding:6px}
.wf-hits{max-height:240px;overflow:auto;margin-top:6px}
.wf-sr{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0 0 0 0);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){.wf-card,.wf-slot{transition:box-shadow .12s,border-color .12s,opacity .12s}
  .wf-moving-jobs .wf-job-running .anticon{animation:wf-spin 1s linear infinite}}
@keyframes wf-spin{to{transform:rotate(360deg)}}
@media (max-width:600px){.wf-minimap{display:none}}
`;
