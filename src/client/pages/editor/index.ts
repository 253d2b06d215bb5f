export { EditorPage, default, type EditorPageProps } from './EditorPage';
